SELECT uuid, last_action FROM device WHERE uuid = :uuid;
