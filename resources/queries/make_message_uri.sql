-- scans message: once, when a replica's rows are all here
CREATE INDEX IF NOT EXISTS message_uri ON message (channel, uri_key) WHERE uri_key IS NOT NULL;
