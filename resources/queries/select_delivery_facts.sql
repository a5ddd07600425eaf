SELECT id, conversation, message, channel, effect, state, agent, based_on, target, attempts FROM delivery WHERE id = :id;
