-- sorts: at most the deliveries that are not at their end
SELECT delivery.id, delivery.message, delivery.uuid, message.text, message.parent_uri
FROM delivery CROSS JOIN message ON message.id = delivery.message
WHERE delivery.state IN (2, 3, 4, 5, 7, 8) AND delivery.state IN (4, 5, 7, 8) AND delivery.channel = :channel AND delivery.effect = 0
    AND (delivery.state IN (5, 8) OR EXISTS (SELECT 1 FROM attempt WHERE attempt.delivery = delivery.id))
ORDER BY delivery.id;
