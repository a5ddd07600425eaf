-- scans workspace_setting: a channel is rarely withdrawn
DELETE FROM workspace_setting WHERE channel = :channel;
