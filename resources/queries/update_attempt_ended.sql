UPDATE attempt SET ended_at = :at, outcome = :outcome WHERE delivery = :delivery AND number = :number;
