INSERT INTO outgoing (delivery, digest, body) VALUES (:delivery, :digest, :body) ON CONFLICT (delivery) DO NOTHING;
