SELECT wish.left_out, wish.may_widen, wish.after_delivery, outgoing.body
FROM delivery_wish AS wish LEFT JOIN outgoing ON outgoing.delivery = wish.after_delivery
WHERE wish.delivery = :delivery;
