INSERT INTO draft_state (conversation, mode, version, known, incoming_version, incoming, said)
VALUES (:conversation, :mode, :version, :known, :incoming_version, :incoming, :said)
ON CONFLICT (conversation, mode) DO UPDATE SET version = excluded.version, known = excluded.known,
    incoming_version = excluded.incoming_version, incoming = excluded.incoming, said = excluded.said;
