// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/givenupconnections.h"

#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QJsonDocument>
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
    const auto stored = desk.workspace().read<QString>(
        [me = desk.me()](Database &database) { return loadSetting(database, me, givenUpSetting); });
    whenDone(stored, this, [this](const Result<QString> &setting) {
        if (m_earlier || !setting)
            return;
        m_earlier = earlierIn(*setting);
        if (!m_names.isEmpty())
            save();
    });
}

/// What was stored meanwhile is not of an earlier start.
QJsonObject GivenUpConnections::earlierIn(const QString &setting) const
{
    QJsonObject earlier = objectOf(setting);
    for (const QString &address : m_added)
        earlier.remove(address);
    return earlier;
}

void GivenUpConnections::save()
{
    QJsonObject json = m_earlier.value_or(QJsonObject());
    for (auto it = m_names.cbegin(); it != m_names.cend(); ++it)
        json.insert(it.key(), it->name);
    m_desk.saveSetting(givenUpSetting, QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
    // The program may end at any moment.
    static_cast<void>(m_desk.flushPersonal());
}

void GivenUpConnections::add(const QString &address, const QString &name)
{
    GivenUp &givenUp = m_names[address];
    givenUp.name = name;
    ++givenUp.open;
    m_added.insert(address);
    save();
}

void GivenUpConnections::settle(const QString &address)
{
    const auto found = m_names.find(address);
    if (found != m_names.end() && --found->open <= 0)
        forget(address);
}

void GivenUpConnections::forget(const QString &address)
{
    const bool isEarlier = m_earlier && m_earlier->contains(address);
    if (isEarlier)
        m_earlier->remove(address);
    if (m_names.remove(address) > 0 || isEarlier)
        save();
}

void GivenUpConnections::tellOfThoseThatStay(QWidget *window)
{
    // Of a shared workspace the one in question may be still on its way here.
    const DeskStatus::Kind kind = m_desk.status().kind;
    const bool isAllHere = kind == DeskStatus::Kind::here || kind == DeskStatus::Kind::current;
    if (!isAllHere || std::exchange(m_hasLooked, true))
        return;
    const auto stored = m_desk.workspace().read<Found>([me = m_desk.me()](Database &database) -> Result<Found> {
        const Result<QString> setting = loadSetting(database, me, givenUpSetting);
        if (!setting)
            return tl::unexpected(setting.error());
        return loadChannels(database).map([&setting](QList<ChannelRecord> channels) {
            return Found{*setting, std::move(channels)};
        });
    });
    whenDone(stored, this, [this, window = QPointer(window)](const Result<Found> &found) {
        if (found && window)
            tell(*found, window);
        else
            m_hasLooked = false;
    });
}

void GivenUpConnections::tell(const Found &found, QWidget *window)
{
    const QJsonObject earlier = m_earlier ? *m_earlier : earlierIn(found.setting);
    m_earlier = QJsonObject();
    for (auto it = earlier.constBegin(); it != earlier.constEnd(); ++it) {
        const bool stays =
            std::any_of(found.channels.cbegin(), found.channels.cend(), [&it](const ChannelRecord &channel) {
                return channel.address == it.key() && !channel.isRemoved();
            });
        if (stays && !m_names.contains(it.key()))
            tellItStays(it.value().toString(), tr("Earshot was ended meanwhile."), window);
    }
    if (!earlier.isEmpty())
        save();
}

void GivenUpConnections::tellItStays(const QString &name, const QString &why, QWidget *window)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Connect a channel"), {}, QMessageBox::Close, window);
    box->setObjectName(QStringLiteral("connectStays"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("%1 was connected nevertheless, and could not be taken back.").arg(Wording::isolated(name)));
    box->setInformativeText(why + QLatin1Char(' ') + tr("It is listed among the channels, where it can be removed."));
    box->open();
}

} // namespace Earshot
