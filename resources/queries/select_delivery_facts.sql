SELECT id, conversation, message, channel, effect, state, agent, based_on, target FROM delivery WHERE id = :id;
