SELECT health, health_detail FROM channel WHERE id = :id;
