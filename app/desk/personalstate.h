// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QTimer>

namespace Earshot {

/// What one agent has typed, seen and set, as far as it is not yet written.
struct PersonalState
{
    struct DraftKey
    {
        ConversationId conversation;
        DraftRecord::Mode mode;
        bool operator==(const DraftKey &) const = default;
        friend size_t qHash(const DraftKey &key, size_t seed)
        {
            return qHashMulti(seed, key.conversation.value, int(key.mode));
        }
    };
    QHash<DraftKey, std::optional<DraftRecord>> drafts; ///< nothing = dropped
    QHash<ConversationId, MessageId> seen;
    QHash<QString, QString> settings;
    QHash<QString, std::optional<ViewRecord>> views; ///< of one's own, by uuid; nothing = dropped

    [[nodiscard]] bool isEmpty() const
    {
        return drafts.isEmpty() && seen.isEmpty() && settings.isEmpty() && views.isEmpty();
    }
    /// Takes over what is newer.
    void add(const PersonalState &newer);
    /// Without what is in there as well.
    void removeAllOf(const PersonalState &newer);
    bool operator==(const PersonalState &) const = default;
};

/// For the way to the process that owns the file.
[[nodiscard]] QJsonObject toJson(const PersonalState &state);
[[nodiscard]] PersonalState personalFromJson(const QJsonObject &json);

/// On the writer thread.
void storePersonal(Writing &writing, AgentId agent, const PersonalState &state);
/// The same for what was handed over: gone where that was kept, else as it was written.
void settleDraft(Writing &writing, AgentId agent, const DraftRecord &draft, bool isKept);

/// Gathers personal state and has it written every 2 s; what could not be written is kept and tried again. Lives on its
/// desk's thread.
class PersonalKeeper final : public QObject
{
    Q_OBJECT

public:
    using Write = std::function<QFuture<Done>(const PersonalState &state)>;

    explicit PersonalKeeper(Write write, QObject *parent = nullptr);

    void saveDraft(const DraftRecord &draft);
    void dropDraft(ConversationId conversation, DraftRecord::Mode mode);
    /// What it becomes is written by somebody else, and nothing older over that; where that could not be written it
    /// waits again, unless something newer was typed.
    /// @param write its first outcome is that of the draft
    [[nodiscard]] QFuture<QList<Outcome>> handOver(const DraftRecord &draft,
                                                   const std::function<QFuture<QList<Outcome>>()> &write);
    /// It is not written yet.
    [[nodiscard]] bool isWaiting(const PersonalState::DraftKey &key) const { return m_waiting.drafts.contains(key); }
    /// Those that wait to be written. After flush(): that could not be.
    [[nodiscard]] QList<DraftRecord> unwrittenDrafts() const;
    void markSeen(ConversationId conversation, MessageId newest);
    void saveSetting(const QString &name, const QString &value);
    void saveView(const ViewRecord &view);
    void dropView(const QString &uuid);
    /// Writes what waits; ends when all that was typed, seen and set until now is durable. Errors: those of writing;
    /// then it waits again.
    [[nodiscard]] QFuture<Done> flush();

Q_SIGNALS:
    /// Once per trouble.
    void failed(const Earshot::Error &error);

private:
    /// On its way into the file.
    struct Written
    {
        qint64 number = 0;
        PersonalState state;
        bool isSettled = false;
    };
    void writeSoon();
    void settle(qint64 number, const Done &result);
    void forget(const PersonalState::DraftKey &key);

    Write m_write;
    PersonalState m_waiting;
    QSet<PersonalState::DraftKey> m_handedOver; ///< and not typed on since
    QList<Written> m_written;                   ///< the oldest first; none before the first that is not settled
    QFuture<Done> m_flushed;                    ///< ends with the last of them
    qint64 m_lastNumber = 0;
    QTimer m_soon;
    bool m_isInTrouble = false;
};

} // namespace Earshot
