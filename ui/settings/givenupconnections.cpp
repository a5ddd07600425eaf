// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/givenupconnections.h"

#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageBox>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

const QString givenUpSetting = QStringLiteral("connect.givenUp");

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

GivenUpConnections &GivenUpConnections::of(Desk &desk)
{
    auto *known = desk.findChild<GivenUpConnections *>();
    return known ? *known : *new GivenUpConnections(desk);
}

GivenUpConnections::GivenUpConnections(Desk &desk)
    : QObject(&desk)
    , m_desk(desk)
{
}

void GivenUpConnections::save()
{
    QJsonObject json;
    for (auto it = m_names.cbegin(); it != m_names.cend(); ++it)
        json.insert(it.key(), it.value());
    m_desk.saveSetting(givenUpSetting, QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
    // The program may end at any moment.
    static_cast<void>(m_desk.flushPersonal());
}

void GivenUpConnections::add(const QString &address, const QString &name)
{
    m_names.insert(address, name);
    save();
}

void GivenUpConnections::settle(const QString &address)
{
    if (m_names.remove(address) > 0)
        save();
}

void GivenUpConnections::tellOfThoseThatStay(const QList<ChannelRecord> &channels, QWidget *window)
{
    if (std::exchange(m_hasLooked, true))
        return;
    const auto stored = m_desk.workspace().read<QString>(
        [me = m_desk.me()](Database &database) { return loadSetting(database, me, givenUpSetting); });
    whenDone(stored, this, [this, channels, window = QPointer(window)](const Result<QString> &text) {
        const QJsonObject earlier = objectOf(text.value_or(QString()));
        for (auto it = earlier.constBegin(); it != earlier.constEnd(); ++it) {
            const auto stays = std::find_if(channels.cbegin(), channels.cend(), [&it](const ChannelRecord &channel) {
                return channel.address == it.key() && !channel.isRemoved();
            });
            if (window && stays != channels.cend() && !m_names.contains(it.key()))
                tellItStays(it.value().toString(), tr("Earshot was ended meanwhile."), window);
        }
        if (!earlier.isEmpty())
            save();
    });
}

void GivenUpConnections::tellItStays(const QString &name, const QString &why, QWidget *window)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Connect a channel"), {}, QMessageBox::Close, window);
    box->setObjectName(QStringLiteral("connectStays"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("%1 was connected nevertheless, and could not be taken back.").arg(Wording::isolated(name)));
    box->setInformativeText(why + QLatin1Char(' ') + tr("It stands among the channels, where it can be removed."));
    box->open();
}

} // namespace Earshot
