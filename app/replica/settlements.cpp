// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/settlements.h"

#include "replica/outboxsettling.h"

#include <QTimer>

#include <utility>

namespace Earshot {

namespace {

Result<Settled> notNow()
{
    return fail(ErrorKind::transient);
}

} // namespace

Settlements::Settlements(Workspace &workspace, OutboxSender &sender, Duration patience, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_sender(sender)
    , m_patience(patience)
{
    connect(&sender, &OutboxSender::stored, this, &Settlements::onStored);
}

QFuture<Result<Settled>> Settlements::ask(qint64 entry, bool isReached)
{
    const auto pending = Pending<Settled>::create();
    const auto begun = m_workspace.write<std::optional<Settled>>(Urgency::interactive, [entry](Writing &writing) {
        return settleEntry(writing, entry, OutboxEntry::Settling::keeping);
    });
    // What is known here is told also where the server goes out of reach in this moment.
    whenDone(begun, this,
             [this, entry, isReached, pending, rests = m_rests](const Result<std::optional<Settled>> &known) {
                 m_waiting.insert(entry, pending);
                 if (!known)
                     end(entry, tl::unexpected(known.error()));
                 else if (*known)
                     end(entry, **known);
                 else if (!isReached || rests != m_rests)
                     end(entry, notNow());
                 m_sender.wake();
                 QTimer::singleShot(m_patience, this, [this, entry, pending] {
                     if (m_waiting.remove(entry, pending) > 0)
                         pending->end(notNow());
                 });
             });
    return pending->future();
}

void Settlements::rest()
{
    ++m_rests;
    const QList<qint64> entries = m_waiting.uniqueKeys();
    for (const qint64 entry : entries)
        end(entry, notNow());
}

void Settlements::onStored(const QList<qint64> &entries)
{
    for (const qint64 entry : entries) {
        if (!m_waiting.contains(entry))
            continue;
        const auto known = m_workspace.read<std::optional<Settled>>(
            [entry](Database &database) { return settledAs(database, entry); });
        whenDone(known, this, [this, entry](const Result<std::optional<Settled>> &settled) {
            if (!settled)
                end(entry, tl::unexpected(settled.error()));
            else if (*settled)
                end(entry, **settled);
        });
    }
}

void Settlements::end(qint64 entry, const Result<Settled> &settled)
{
    const QList<PendingPointer> waiting = m_waiting.values(entry);
    m_waiting.remove(entry);
    for (const PendingPointer &pending : waiting)
        pending->end(settled);
}

} // namespace Earshot
