"""The invented municipality of Oosterwaard: people who log in, families, what was said. Top of the import order.

Here: the stories as data (`stories`), the loading of them (`municipality`), many cases at once (`generator`), who plays
whom (`cast`), every confidential fact (`canaries`), and the three commands of the contract. Not here: rules. Stories go
in through the services of the product; only the mass of generated cases is copied into the tables. Nobody imports demo.
"""
