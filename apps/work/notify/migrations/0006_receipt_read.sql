-- A carrier may also tell that a text message was read, after it arrived.
alter table notify.receipt drop constraint receipt_state_check;
alter table notify.receipt add constraint receipt_state_check check (state in ('delivered', 'read', 'failed'));
