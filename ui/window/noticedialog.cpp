// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/noticedialog.h"

#include "ui/shell/queues.h"
#include "ui/shell/roster.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace Earshot {

namespace {

Act::PinNotice placeOf(ChannelId channel)
{
    Act::PinNotice place;
    place.channel = channel;
    return place;
}

/// A team's queue is what its channels bring: there it is for those who may see them, and for nobody else.
QList<Act::PinNotice> placesOf(const QList<ChannelId> &channels)
{
    QList<Act::PinNotice> places;
    for (const ChannelId channel : channels)
        places.append(placeOf(channel));
    return places;
}

/// The places that such a list is; none where it is no place.
QList<Act::PinNotice> placesOf(const Roster &roster, const ListQuery &shown)
{
    if (const QList<ChannelId> channels = Queues::teamChannelsOf(shown); !channels.isEmpty())
        return placesOf(channels);
    Act::PinNotice place;
    if (shown.view == View::channel) {
        place.channel = shown.channel;
    } else if (shown.view == View::tag) {
        place.tag = shown.tag;
    } else if (shown.view <= View::trouble) {
        place.list = shown.view;
    } else if (const ViewRecord *view = roster.view(shown.uuid); view && view->isShared()) {
        place.view = view->id;
    } else {
        return {};
    }
    return {place};
}

} // namespace

NoticeDialog::NoticeDialog(const Roster &roster, const ListQuery &shown, const QString &shownTitle, Time now,
                           QWidget *parent)
    : QDialog(parent)
    , m_text(new QLineEdit(this))
    , m_place(new QComboBox(this))
    , m_until(new QDateTimeEdit(this))
{
    setObjectName(QStringLiteral("noticeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Pin a notice"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_text->setMaxLength(400);
    m_text->setPlaceholderText(tr("Everybody reads this above list and composer"));
    m_place->setObjectName(QStringLiteral("noticePlace"));
    if (const auto places = placesOf(roster, shown); !places.isEmpty())
        addPlace(tr("This list: %1").arg(shownTitle), places);
    addPlace(tr("Everywhere"), {Act::PinNotice()});
    for (const TeamRecord &team : roster.teams()) {
        if (const auto queue = Queues::ofTeam(team, roster.channels()))
            addPlace(tr("Team %1").arg(team.name), placesOf(queue->filter.channels));
    }
    for (const ChannelRecord &channel : roster.channels())
        addPlace(tr("Channel %1").arg(channel.name.isEmpty() ? channel.address : channel.name), {placeOf(channel.id)});
    for (const TagRecord &tag : roster.tags()) {
        Act::PinNotice place;
        place.tag = tag.id;
        addPlace(tr("Tag %1").arg(tag.name), {place});
    }
    m_until->setObjectName(QStringLiteral("noticeUntil"));
    m_until->setCalendarPopup(true);
    // Mirrored, it would turn hours and minutes round.
    const QString format = m_until->displayFormat();
    m_until->setLayoutDirection(Qt::LeftToRight);
    m_until->setDisplayFormat(format);
    m_until->setMinimumDateTime(toDateTime(now + std::chrono::minutes(1)).toLocalTime());
    m_until->setDateTime(toDateTime(now + std::chrono::hours(4)).toLocalTime());
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Text"), m_text);
    form->addRow(tr("&Where"), m_place);
    form->addRow(tr("&Until"), m_until);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_pin = buttons->addButton(tr("&Pin"), QDialogButtonBox::AcceptRole);
    m_pin->setObjectName(QStringLiteral("noticePin"));
    m_pin->setEnabled(false);
    form->addRow(buttons);
    connect(m_text, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_pin->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        QList<Act::PinNotice> notices = m_places.at(m_place->currentIndex());
        for (Act::PinNotice &notice : notices) {
            notice.text = m_text->text();
            notice.until = timeFrom(m_until->dateTime());
        }
        accept();
        Q_EMIT decided(notices);
    });
    resize(fontMetrics().averageCharWidth() * 72, sizeHint().height());
    m_text->setFocus();
}

void NoticeDialog::addPlace(const QString &text, const QList<Act::PinNotice> &place)
{
    m_places.append(place);
    m_place->addItem(text);
}

} // namespace Earshot
