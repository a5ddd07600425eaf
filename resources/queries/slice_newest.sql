SELECT coalesce(max(last_message_at), 0) FROM slice.conversation;
