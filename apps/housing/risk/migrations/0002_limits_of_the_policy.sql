-- When a home is idle and how much room a person needs is the policy's: an organisation has no numbers of its own for it.
update risk.setting set rules = rules - 'idleDays' - 'crowdBeyond';
