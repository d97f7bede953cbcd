"""Pages of the plan room, a file per noun: translate, one domain call, translate."""
