SELECT left_out, may_widen FROM delivery_wish WHERE delivery = :delivery;
