SELECT text FROM message
WHERE conversation = :conversation AND kind = :kind AND agent = :me AND created_seq > :since;
