// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/draftrows.h"
#include "replica/personalsync.h"

namespace Earshot {

/// Tells the server what its agent has begun to write here, and takes over what the agent wrote on other machines. One
/// that something on the way turns away holds up no other.
class DraftSync final : public PersonalSync
{
    Q_OBJECT

public:
    /// @param keeper what is typed here and not written yet @param betweenTries see OutboxSender
    DraftSync(Workspace &workspace, ServerConnection &connection, PersonalKeeper &keeper, AgentId me,
              Duration betweenTries, QObject *parent = nullptr);

    void rest() override;
    /// What it had done when setSession() was called is here, or is still to come.
    void setCurrent(bool isCurrent);
    void hold(const QObject *editor, const std::optional<DraftKey> &key);
    [[nodiscard]] QFuture<Done> settle(ConversationId conversation, const TypedElsewhere &typed, bool isKept);

Q_SIGNALS:
    // As a Desk's.
    void arrived(Earshot::ConversationId conversation, Earshot::DraftRecord::Mode mode, bool isReplaced);
    void stays(const Earshot::Error &error);

private:
    void take(const Answer &answer) override;
    void look() override;
    void forgive() override { m_refused.clear(); }
    void begin() override;
    void takeNews(const DraftNews &news);
    void onTaken(const Result<QList<DraftChange>> &changes);
    void keepBeside();
    void onWork(const Result<std::optional<DraftWork>> &work);
    void tell(const DraftWork &work);
    void say(const DraftWork &work);
    void onTellAnswer(const DraftWork &work, const Result<QJsonObject> &answer);
    void onRefused(const DraftWork &work, const Error &error);
    void putOff(const DraftWork &work, const Error &error);
    [[nodiscard]] DraftPlace place() const;

    PersonalKeeper &m_keeper;
    const AgentId m_me;
    QHash<const QObject *, DraftKey> m_held;
    QList<DraftChange> m_typedOver; ///< came while something else was typed, and is not beside that yet
    RefusedDrafts m_refused;
    RefusedDrafts m_putOff; ///< until m_tryPutOff
    QTimer m_tryPutOff;
    int m_timesPutOff = 0; ///< since none was
    bool m_isCurrent = false;
};

} // namespace Earshot
