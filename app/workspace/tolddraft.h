// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/database.h"

#include <QJsonObject>
#include <QMap>

namespace Earshot {

/// A text of one's own that was typed on another machine, beside the draft that is here.
struct TypedElsewhere
{
    DraftRecord::Mode mode = DraftRecord::Mode::reply;
    QString key; ///< names it; empty = the draft itself as it is elsewhere, which is not taken over under the hands
    QString device;
    Time at;
    QString text;
    QString contentWarning;
    MessageId target; ///< the note that it is another text for; none = no note, or told by a program that says it not
    bool isGone = false; ///< the draft was sent or discarded elsewhere

    [[nodiscard]] bool isSame(const TypedElsewhere &other) const
    {
        return text == other.text && contentWarning == other.contentWarning && target == other.target;
    }
};

/// When and where it was typed names it.
[[nodiscard]] QString besideKey(Time at, const QString &device);

/// A draft as an agent's machines tell it to one another (app/server/PROTOCOL.md, "Drafts").
struct ToldDraft
{
    DraftRecord draft;   ///< its files stay where they are
    int attachments = 0; ///< how many there are, wherever
    QString device;      ///< where it was typed, at draft.updatedAt
    QList<TypedElsewhere> beside;
    QStringList was; ///< of one that was sent or discarded: digests of what the server was told before

    [[nodiscard]] bool isEmpty() const
    {
        return draft.text.isEmpty() && draft.contentWarning.isEmpty() && attachments == 0 && beside.isEmpty();
    }
    /// As it stands beside another.
    [[nodiscard]] TypedElsewhere asBeside() const;
};

/// An empty one: {}, or what it was.
[[nodiscard]] QJsonObject toJson(const ToldDraft &told);
[[nodiscard]] ToldDraft toldDraftFromJson(const QJsonObject &json);
/// Tells whether two are the same, wherever and whenever they were typed; empty for an empty one.
[[nodiscard]] QString digestOf(const ToldDraft &told);

/// The word of a mode in the protocol; empty for one that this program does not know.
[[nodiscard]] QString wordOfMode(DraftRecord::Mode mode);
[[nodiscard]] std::optional<DraftRecord::Mode> modeFromWord(const QString &word);

/// What stands beside the drafts of one conversation, the newest of a mode first.
[[nodiscard]] Result<QList<TypedElsewhere>> loadTypedElsewhere(Database &database, AgentId me,
                                                               ConversationId conversation);
/// How many files of a draft lie on another machine.
[[nodiscard]] Result<QMap<DraftRecord::Mode, int>> loadFilesElsewhere(Database &database, AgentId me,
                                                                      ConversationId conversation);

} // namespace Earshot
