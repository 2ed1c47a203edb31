"""What people do at the counter: a module for each act. It opens the books, asks the domain, records, and only then
is done."""
