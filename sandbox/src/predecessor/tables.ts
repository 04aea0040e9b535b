/** The predecessor's own tables, as its production database has them. */
export const PREDECESSOR_TABLES = `
  create type webhook_type as enum ('invoice', 'credit_note');
  create type webhook_status as enum ('pending', 'success', 'failed', 'timeout', 'retry');
  create table businesses (
    id serial primary key, business_name varchar(255) not null, email varchar(255) not null unique, location varchar(500),
    tin_number varchar(50) not null unique, phone_number varchar(20), description text, is_active boolean not null,
    zoho_organization_id varchar(100) unique, default_currency varchar(10) default 'RWF',
    setup_completed_at timestamptz, webhook_config json, ebm_service_url varchar(500),
    created_at timestamptz not null default now(), updated_at timestamptz);
  create table users (
    id serial primary key, username varchar(100) not null unique, email varchar(255) unique,
    hashed_password varchar(255) not null, role varchar(50) not null, is_active boolean not null,
    business_id int references businesses, created_at timestamptz not null default now(), updated_at timestamptz);
  create table transactions (
    id serial primary key, business_id int not null references businesses, invoice_number varchar(100) not null,
    transaction_type varchar(20) not null, total_amount numeric(15,2) not null, tax_amount numeric(15,2) not null,
    net_amount numeric(15,2) not null, payment_method varchar(50), currency char(3) not null default 'RWF',
    customer_name varchar(255), customer_tin varchar(50), receipt_number varchar(100), is_voided boolean not null default false,
    voided_at timestamptz, transaction_date timestamptz not null default now(), vsdc_receipt_id varchar(100),
    vsdc_signature text, created_at timestamptz not null default now(), updated_at timestamptz);
  create table webhook_activities (
    id serial primary key, webhook_type webhook_type not null, status webhook_status not null,
    business_tin varchar(50), business_name varchar(255), invoice_number varchar(100), vsdc_receipt_number varchar(100),
    zoho_payload json, vsdc_payload json, vsdc_response json, error_code varchar(50), error_message text,
    error_type varchar(100), processing_time_ms int, retry_count int not null default 0,
    pdf_generated boolean not null default false, pdf_filename varchar(255), created_at timestamptz not null default now(),
    updated_at timestamptz, processed_at timestamptz);
  create table daily_reports (
    id serial primary key, business_id int not null references businesses, report_type varchar(1) not null,
    report_date date not null, report_number int not null, total_sales numeric(15,2) not null default 0,
    total_tax numeric(15,2) not null default 0, transaction_count int not null default 0,
    cash_amount numeric(15,2) not null default 0, card_amount numeric(15,2) not null default 0,
    mobile_amount numeric(15,2) not null default 0, other_amount numeric(15,2) not null default 0,
    period_start timestamptz, period_end timestamptz, generated_by int references users,
    is_finalized boolean not null, created_at timestamptz not null default now());
  create table password_reset_otps (
    id serial primary key, user_id int not null references users, otp_code varchar(6) not null,
    expires_at timestamptz not null, is_used boolean not null default false, created_at timestamptz not null default now());
`;
