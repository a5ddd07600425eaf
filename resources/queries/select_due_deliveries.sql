-- sorts: at most the deliveries that are not at their end
SELECT id, channel, state, max(CASE WHEN state = 3 THEN held_until ELSE 0 END, retry_at) FROM delivery
WHERE state IN (2, 3, 4, 5, 7, 8) AND state IN (3, 4, 5, 8) AND NOT EXISTS (
    SELECT 1 FROM delivery_wish AS wish CROSS JOIN delivery AS before ON before.id = wish.after_delivery
    WHERE wish.delivery = delivery.id AND before.state <> 6)
ORDER BY id;
