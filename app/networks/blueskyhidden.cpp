// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyhidden.h"

#include "model/healthsentences.h"
#include "model/htmltext.h"

namespace Earshot {

namespace {

constexpr qsizetype mostNamed = 10;

} // namespace

BlueskyHidden::BlueskyHidden(BlueskySession &session, QObject *parent)
    : Errand(parent)
    , m_session(session)
{
    ask("app.bsky.graph.getListMutes");
}

void BlueskyHidden::ask(const QByteArray &method)
{
    m_session.client->get(
        method, {{"limit", QStringLiteral("100")}}, this, [this, method](const Result<QJsonObject> &reply) {
            const bool isUnknown = !reply && (isAbsent(reply.error()) || reply.error().kind == ErrorKind::unsupported);
            if (!reply && !isUnknown) {
                end(tl::unexpected(reply.error()));
                return;
            }
            const QJsonArray lists = reply ? listOf(*reply, "lists") : QJsonArray();
            for (const QJsonValue &entry : lists) {
                const QString name = cleanLine(textOf(entry.toObject(), "name"), 60);
                if (m_names.size() < mostNamed && !m_names.contains(name))
                    m_names.append(name);
            }
            if (method.endsWith("Mutes"))
                ask("app.bsky.graph.getListBlocks");
            else if (m_names.isEmpty())
                end(QString());
            else
                end(KnownSentence{HealthSentences::hiddenLists, {m_names.join(QStringLiteral(", "))}}.inEnglish());
        });
}

} // namespace Earshot
