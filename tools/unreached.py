"""What no program reaches, and why it stands all the same; vulture reads it in `make check`."""

# ruff: noqa: F821, B018
# mypy: ignore-errors

# Read by people or by other programs, not by ours.
counts_as  # what a reason for no offer counts as: the interview's checks say it, the test of the domain holds both
other_reading  # what another source makes of a deadline: the tests of the rules ask for it, no page says it
narrative  # whether a role reads free words, printed in docs/practice.md
conflict  # printed in docs/practice.md
done_by  # printed in docs/practice.md
answered_by  # printed in docs/practice.md
PROCEDURE  # printed in docs/practice.md
RULES  # printed in docs/practice.md
default  # printed in docs/practice.md
OFSTED  # printed in docs/practice.md
ABSENT  # printed in docs/practice.md
corrects  # which signature a correction names: kept with the view of a record, on every laptop's disk
last_device_seq  # a message of the protocol: laptops send it, and the service counts for itself
async_request_tsa_response  # pyHanko asks for a time-stamp by it
_update_meta  # pyHanko’s writer would note by it when a file was last changed
proto  # a message of the protocol: read by the other side's version
batch_id  # a message of the protocol: names a push in the service's log
finished_at  # what a reconciliation reports, printed as JSON
files_sent  # what a reconciliation reports, printed as JSON
files_fetched  # what a reconciliation reports, printed as JSON
prove_backup  # the store's own proof of a backup, called by its soak
WORD_PAIRS  # every pair of colours that words need; the test of contrast goes over them
SHAPE_PAIRS  # the same for shapes
reshape  # the way a migration changes a table without dropping its triggers; the next one that does uses it
