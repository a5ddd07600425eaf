// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/noticedialog.h"

#include "ui/shell/roster.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace Earshot {

namespace {

/// The place that such a list is; nothing where it is none.
std::optional<Act::PinNotice> placeOf(const Roster &roster, const ListQuery &shown)
{
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
        return std::nullopt;
    }
    return place;
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
    if (const auto place = placeOf(roster, shown))
        addPlace(tr("This list: %1").arg(shownTitle), *place);
    addPlace(tr("Everywhere"), {});
    for (const ChannelRecord &channel : roster.channels()) {
        Act::PinNotice place;
        place.channel = channel.id;
        addPlace(tr("Channel %1").arg(channel.name.isEmpty() ? channel.address : channel.name), place);
    }
    for (const TagRecord &tag : roster.tags()) {
        Act::PinNotice place;
        place.tag = tag.id;
        addPlace(tr("Tag %1").arg(tag.name), place);
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
        Act::PinNotice notice = m_places.at(m_place->currentIndex());
        notice.text = m_text->text();
        notice.until = timeFrom(m_until->dateTime());
        accept();
        Q_EMIT decided(notice);
    });
    resize(fontMetrics().averageCharWidth() * 72, sizeHint().height());
    m_text->setFocus();
}

void NoticeDialog::addPlace(const QString &text, const Act::PinNotice &place)
{
    m_places.append(place);
    m_place->addItem(text);
}

} // namespace Earshot
