DROP INDEX IF EXISTS message_uri;
