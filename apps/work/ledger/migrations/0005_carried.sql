-- A deposit that goes on under another agreement of the same tenant.
alter table ledger.posting drop constraint posting_kind_check;
alter table ledger.posting add constraint posting_kind_check
  check (kind in ('charge', 'payment', 'settlement', 'waiver', 'refund', 'credit', 'release', 'reversal', 'carry'));
