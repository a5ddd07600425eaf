SELECT id FROM conversation WHERE number = :number;
