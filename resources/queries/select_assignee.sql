SELECT assignee FROM conversation WHERE id = :id;
