// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <optional>

class QToolButton;

namespace Earshot {

class SearchField;

/// Above the panes: the search field, what waits to be sent, and how listening goes.
class TopBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(QWidget *parent = nullptr);

    [[nodiscard]] SearchField *searchField() const { return m_field; }
    /// What the shape beside the status says.
    enum class Sign {
        done,    ///< what one sees is what there is
        busy,    ///< something is on its way here
        notice,  ///< so it is, and nothing is amiss
        trouble, ///< somebody has to do something
    };
    void setStatus(const QString &text, const QString &explanation, Sign sign);
    [[nodiscard]] QString status() const;
    [[nodiscard]] Sign sign() const { return m_sign; }
    /// @param waiting not yet sent @param trouble failed, or not known whether it arrived
    void setOutbox(int waiting, int trouble);
    /// Whether I am on duty; nothing where that says nothing, as for somebody who only reads.
    void setDuty(std::optional<bool> isOnDuty);
    /// Which panes have no room. @param isListFolded a conversation stands where the list was
    void setFolding(bool areViewsFolded, bool isListFolded);
    /// With signs in the place of words.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void outboxAsked();
    void statusAsked();
    void dutyAsked();
    /// The views, where they are folded away; once more: away with them.
    void viewsAsked();
    /// The list, where a conversation stands in its place.
    void listAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Words where there is room for them, signs with tool tips where there is not.
    void fit();

    QToolButton *m_views;
    QToolButton *m_list;
    SearchField *m_field;
    QToolButton *m_outbox;
    QToolButton *m_duty;
    QToolButton *m_status;
    Sign m_sign = Sign::done;
};

} // namespace Earshot
