DELETE FROM delivery_wish;
