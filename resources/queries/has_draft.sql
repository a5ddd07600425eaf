SELECT EXISTS (SELECT 1 FROM draft AS d WHERE d.agent = :agent AND d.conversation = :conversation
    AND (trim(d.text) <> '' OR d.media NOT IN ('', '[]') OR d.elsewhere > 0));
