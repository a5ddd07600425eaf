UPDATE view_filter SET counted_to = :to WHERE id = :view;
