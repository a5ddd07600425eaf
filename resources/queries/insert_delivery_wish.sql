INSERT INTO delivery_wish (delivery, left_out, may_widen) VALUES (:delivery, :left_out, :may_widen);
