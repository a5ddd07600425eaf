// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "ui/composer/drafthistory.h"

#include <QHash>
#include <QObject>
#include <QTextDocument>

#include <array>
#include <memory>
#include <unordered_map>

namespace Earshot {

/// What is being written in one conversation in one mode.
struct Draft
{
    std::shared_ptr<QTextDocument> document; ///< with its undo history; held also by whoever shows it
    std::unique_ptr<DraftHistory> history;   ///< follows it
    QString contentWarning;
    MessageId target; ///< what it answers, or the note that it changes
    QString original; ///< the text of that note; in memory only
    Seq basedOn = 0;  ///< what its writer has acknowledged
    QList<OutgoingMedia> media;
    QStringList leftOut; ///< who is not to be notified
    QString language;    ///< of its spelling, chosen by its writer; empty = by the message answered
    int cursor = 0;
    bool isKept = false;      ///< something of it is, or will be, in the database
    Time emptiedAt;           ///< when what was kept was taken out of it here
    bool thenResolve = false; ///< it was handed over once to resolve its conversation as well; in memory only
    quint64 used = 0;         ///< the later, the higher
    /// Nothing was written; nothing else, where it changes a note.
    [[nodiscard]] bool isEmpty() const
    {
        const bool isUntouched = !original.isEmpty() && history->text() == original;
        return (document->isEmpty() || isUntouched) && contentWarning.isEmpty() && media.isEmpty();
    }
};

/// Keeps every draft of the windows that share it with its undo history; of those in which nothing stands (any more)
/// the newest. Nothing is carried from one to another by itself. Lives on the GUI thread.
class DraftBook final : public QObject
{
    Q_OBJECT

public:
    /// The draft, a new one where there was none.
    [[nodiscard]] Draft &draft(ConversationId conversation, DraftRecord::Mode mode);
    [[nodiscard]] bool has(ConversationId conversation, DraftRecord::Mode mode) const;
    /// Takes what an earlier start kept; a draft that is being written here stays as it is.
    void restore(const DraftRecord &record);
    /// Takes what came from another machine, as an edit that can be undone; files stay. An empty one: it is no more.
    void replace(const DraftRecord &record);
    [[nodiscard]] DraftRecord record(ConversationId conversation, DraftRecord::Mode mode, Time now);
    /// A message that a draft answers or can answer.
    void know(const MessageRecord &message) { m_known.insert(message.id, message); }
    [[nodiscard]] bool knows(MessageId message) const { return m_known.contains(message); }
    /// Null where it is not known.
    [[nodiscard]] const MessageRecord *known(MessageId message) const;
    /// Lets go of what nobody comes back to: messages that no draft answers, and empty drafts that no window shows but
    /// for the newest `mostEmpty`.
    void tidyUp();
    static constexpr qsizetype mostEmpty = 32;
    /// To be called by who changed what stands beside a draft's text.
    void tell(ConversationId conversation, DraftRecord::Mode mode) { Q_EMIT changed(conversation, mode); }

Q_SIGNALS:
    /// What stands beside the text of a draft may be another; the text tells so by its document.
    void changed(Earshot::ConversationId conversation, Earshot::DraftRecord::Mode mode);

private:
    void takeOriginal(Draft &place, const DraftRecord &record) const;
    void letEmptyGo();

    QHash<MessageId, MessageRecord> m_known;
    std::unordered_map<qint64, std::array<std::unique_ptr<Draft>, 4>> m_drafts;
    QHash<std::pair<qint64, size_t>, Time> m_emptied; ///< Draft::emptiedAt of those that were let go
    quint64 m_uses = 0;
};

} // namespace Earshot
