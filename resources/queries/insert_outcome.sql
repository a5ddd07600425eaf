INSERT INTO outcome (device, number, action, body) VALUES (:device, :number, :action, :body);
