-- scans team_member: a channel is rarely withdrawn
DELETE FROM team_member WHERE channel = :channel;
