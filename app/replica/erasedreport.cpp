// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasedreport.h"

#include "model/future.h"
#include "replica/durablenote.h"

#include <QFile>

namespace Earshot {

namespace {

const QString reportEnd = QStringLiteral(".erased");

} // namespace

Done keepErasedReport(const QString &path, const ErasedReport &report)
{
    return writeNote(path + reportEnd, {{QStringLiteral("server"), report.server.toString()},
                                        {QStringLiteral("token"), report.token},
                                        {QStringLiteral("proof"), report.proof},
                                        {QStringLiteral("authorities"), QString::fromUtf8(report.authorities)}});
}

std::optional<ErasedReport> erasedReportOf(const QString &path)
{
    const QJsonObject noted = readNote(path + reportEnd);
    if (noted.isEmpty())
        return std::nullopt;
    return ErasedReport{QUrl(noted.value(QLatin1StringView("server")).toString()),
                        noted.value(QLatin1StringView("token")).toString(),
                        noted.value(QLatin1StringView("proof")).toString(),
                        noted.value(QLatin1StringView("authorities")).toString().toUtf8()};
}

QStringList erasedReportsIn(const QString &folder)
{
    return pathsWithNote(folder, reportEnd);
}

ErasedReporting::ErasedReporting(QString path, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_clock(clock)
{
}

void ErasedReporting::run()
{
    if (const auto report = erasedReportOf(m_path))
        say(*report, Secret());
    else
        Q_EMIT ended(true);
}

void ErasedReporting::say(const ErasedReport &report, const Secret &token)
{
    m_connection = std::make_unique<ServerConnection>(report.server, token, m_clock, report.authorities);
    whenDone(m_connection->reportErased(report.token, report.proof), this, [this](const Done &heard) {
        // Whom the server does not know any more it does not ask for.
        const bool isOver = heard || heard.error().kind == ErrorKind::authExpired;
        if (isOver)
            QFile::remove(m_path + reportEnd);
        Q_EMIT ended(isOver);
    });
}

} // namespace Earshot
