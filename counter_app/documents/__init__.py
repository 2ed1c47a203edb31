"""Papers from values: receipt, slip, licence, daily report; no database, no device, no clock."""
