SELECT message.conversation FROM media JOIN message ON message.id = media.message WHERE media.id = :id;
