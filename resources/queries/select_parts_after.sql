-- sorts: at most the parts of one reply
WITH RECURSIVE part (delivery) AS (
    SELECT delivery FROM delivery_wish WHERE after_delivery = :delivery
    UNION ALL
    SELECT wish.delivery FROM part CROSS JOIN delivery_wish AS wish ON wish.after_delivery = part.delivery
)
SELECT delivery.id, delivery.state, message.text
FROM part
CROSS JOIN delivery ON delivery.id = part.delivery
CROSS JOIN message ON message.id = delivery.message
ORDER BY delivery.id;
