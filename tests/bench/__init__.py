"""The benchmarks: `make bench` fills a database of its own and writes one JSON object a line (performance.md).

`__main__` runs them, `prepare` and `fill` make the database, `measure` times two things alternately, `pages`,
`writes`, `counts` and `clients` hold the benchmarks. `settings`, `urls`, `views`, `silent` and `rivals` are what a page
is compared with, `floors` the least a page can cost. Nothing here runs in the product.
"""
