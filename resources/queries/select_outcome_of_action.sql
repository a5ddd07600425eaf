-- Whose it was stands with the device.
SELECT outcome.body, device.agent FROM outcome JOIN device ON device.uuid = outcome.device WHERE outcome.action = :action;
