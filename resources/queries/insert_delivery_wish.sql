INSERT INTO delivery_wish (delivery, left_out, may_widen, after_delivery)
VALUES (:delivery, :left_out, :may_widen, :after_delivery);
