INSERT INTO channel (id, seq, created_seq, channel, uuid, network, address, name, base_url, account_id, account_handle,
    account_name, login, purpose, pull_every, horizon, work_since, created_at)
VALUES (:id, :seq, :seq, :id, :uuid, :network, :address, :name, :base_url, '', '', '', :login, :purpose, 60, :horizon,
    :work_since, :created_at);
