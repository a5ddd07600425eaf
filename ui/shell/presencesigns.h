// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

namespace Earshot {

class Roster;

/// Who else is in the conversations on screen, as people read it: writers first. Nobody, in a workspace of one's own.
/// Lives on the GUI thread; desk and roster outlive it.
class PresenceSigns final : public QObject
{
    Q_OBJECT

public:
    struct Sign
    {
        QString initials;
        bool isWriting = false;
        bool operator==(const Sign &) const = default;
    };

    PresenceSigns(const Desk &desk, const Roster &roster, QObject *parent);

    /// For where there is no room for names.
    [[nodiscard]] QList<Sign> signsOf(ConversationId conversation) const;
    /// "Mara is writing an answer · Jon and Ana are looking"; empty = nobody else is there.
    [[nodiscard]] QString sentenceOf(ConversationId conversation) const;
    /// The same for who is about to send: "Mara is writing an answer too."
    [[nodiscard]] QString warningOf(ConversationId conversation) const;
    [[nodiscard]] bool hasWriter(ConversationId conversation) const;
    /// "MH" of "Mira Holm", "A" of "Ana".
    [[nodiscard]] static QString initialsOf(const QString &name);

Q_SIGNALS:
    void changed(Earshot::ConversationId conversation);

private:
    [[nodiscard]] QStringList names(ConversationId conversation, bool areWriting) const;

    const Desk &m_desk;
    const Roster &m_roster;
};

} // namespace Earshot
