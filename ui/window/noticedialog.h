// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;

namespace Earshot {

class Roster;

/// Asks for a notice: its text, where it stands and until when. Deletes itself when closed.
class NoticeDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param shown the list that is shown now: the place proposed
    NoticeDialog(const Roster &roster, const ListQuery &shown, const QString &shownTitle, Time now, QWidget *parent);

Q_SIGNALS:
    /// One for each channel where it stands at several.
    void decided(const QList<Earshot::Act::PinNotice> &notices);

private:
    void addPlace(const QString &text, const QList<Act::PinNotice> &place);

    QLineEdit *m_text;
    QComboBox *m_place;
    QDateTimeEdit *m_until;
    QPushButton *m_pin;
    QList<QList<Act::PinNotice>> m_places; ///< without text and time
};

} // namespace Earshot
