SELECT delivery.state FROM delivery_wish AS wish CROSS JOIN delivery ON delivery.id = wish.after_delivery
WHERE wish.delivery = :delivery;
