// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/twodesks.h"

#include "tests/patience.h"

namespace Earshot {

void TwoDesks::begin()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    limits.slices.rest = std::chrono::milliseconds(0);
    m_world = std::make_unique<ServerWorld>(limits);
    // Who joins finds all slices made, and has not to ask for them twice.
    const auto ana = m_world->client(ServerWorld::ana);
    QTRY_VERIFY(ana->get("/jmap/slices").body.contains("\"isComplete\":true"));
    m_port = m_world->server().port();
    m_line = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    m_one = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_port);
    m_other = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_line->serverPort());
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        desktop->open();
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        QTRY_COMPARE(desktop->kind(), DeskStatus::Kind::current);
}

void TwoDesks::end()
{
    m_other.reset();
    m_one.reset();
    m_line.reset();
    m_world.reset();
}

/// As far as the file.
void TwoDesks::type(Desktop &desktop, const char *text, ConversationId conversation, DraftRecord::Mode mode)
{
    DraftRecord draft;
    draft.conversation = conversation;
    draft.mode = mode;
    draft.text = str(text);
    draft.basedOn = 3;
    m_world->clock().advance(std::chrono::seconds(1));
    desktop.desk().saveDraft(draft);
    const QFuture<Done> written = desktop.desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
}

void TwoDesks::drop(Desktop &desktop, ConversationId conversation, DraftRecord::Mode mode)
{
    desktop.desk().dropDraft(conversation, mode);
    const QFuture<Done> written = desktop.desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
}

void TwoDesks::away()
{
    m_world->stopServer();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::offline);
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::offline);
}

void TwoDesks::back(Desktop &desktop)
{
    m_world->start({}, m_port);
    QTRY_COMPARE(desktop.kind(), DeskStatus::Kind::current);
}

bool TwoDesks::areAlike(const QStringList &drafts)
{
    const QString told = str("SELECT json_extract(body, '$.text') FROM told_draft WHERE agent = 2 AND body <> '' "
                             "ORDER BY conversation, mode");
    return texts(*m_one) == drafts && texts(*m_other) == drafts && there(told) == drafts && beside(*m_one).isEmpty() &&
           beside(*m_other).isEmpty();
}

} // namespace Earshot
