// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QFrame>

class QVBoxLayout;

namespace Earshot {

/// What leads pinned, one line or paragraph each with who did it and until when; hidden while there is nothing. Who may
/// take a notice off has a button for it.
class NoticeBar final : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);
    void show(const QList<NoticeRecord> &notices, bool mayRemove);
    /// All that it says, a notice a line.
    [[nodiscard]] QString text() const { return m_text; }

Q_SIGNALS:
    void removeAsked(const Earshot::NoticeRecord &notice);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addLine(const NoticeRecord &notice, bool mayRemove);

    QVBoxLayout *m_column;
    QList<NoticeRecord> m_notices;
    bool m_mayRemove = false;
    QString m_text;
};

} // namespace Earshot
