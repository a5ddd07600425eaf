INSERT INTO channel (id, seq, created_seq, channel, uuid, network, address, name, base_url, account_id, account_handle,
    account_name, login, purpose, pull_every, horizon, work_since, created_at, health, can_reply, max_length)
VALUES (:id, :seq, :seq, :id, :uuid, :network, :address, :name, '', '1', :name, :name, '', 0, 60, 0, 0, :at, 1, :can_reply, 500);
